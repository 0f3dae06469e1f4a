/*
titel: Tijdvakken in een ketenzorgprogramma met de huisarts als hoofdbehandelaar
korrel: een rij per deelname
*/
with

final as (
    select
        practice_id,
        patient_id,
        programme,
        start_date,
        coalesce(end_date, date '9999-12-31') as end_date
    from programmes
    where coalesce(main_clinician, 'huisarts') = 'huisarts'
)

select * from final
