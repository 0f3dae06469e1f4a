/*
titel: Geboortejaar, geslacht en gebied van elke patient, van de laatste inschrijving
korrel: een rij per patient
*/
with

ranked as (
    select
        practice_id,
        patient_id,
        birth_year,
        sex,
        postcode4,
        row_number() over (
            partition by patient_id
            order by
                registered_from desc,
                coalesce(registered_until, date '9999-12-31') desc,
                category desc,
                birth_year desc,
                sex,
                postcode4
        ) as row_rank
    from patients
),

final as (
    select
        ranked.practice_id,
        ranked.patient_id,
        ranked.birth_year,
        -- not filled in is not known
        coalesce(ranked.sex, 'O') as sex,
        coalesce(stg_area_postcodes.area_id, 'elders') as area_id
    from ranked
    left join stg_area_postcodes
        on ranked.postcode4 = stg_area_postcodes.postcode4
    where ranked.row_rank = 1
)

select * from final
