/*
titel: Maanden waarin op de laatste dag een deelname aan een ketenzorgprogramma loopt, met de huisarts als hoofdbehandelaar
korrel: een rij per deelname, van first_index tot (niet met) next_index
*/
with

final as (
    select
        practice_id,
        patient_id,
        programme,
        cast(year(start_date) * 12 + month(start_date) as integer) as first_index,
        coalesce(cast(year(end_date) * 12 + month(end_date) as integer), 999999) as next_index
    from programmes
    where coalesce(main_clinician, 'huisarts') = 'huisarts'
)

select * from final
