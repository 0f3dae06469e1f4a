/*
titel: Het laatste voorschrift per groep middelen, met de maanden waarin het de laatste is
korrel: een rij per patient, groep middelen en maand met een voorschrift; geldig van first_index tot (niet met) next_index
*/
with

medications as (
    select
        medication,
        atc
    from (
        values
        ('inhalatie', 'R03'),
        ('antitrombotica', 'B01A')
    ) as listed (medication, atc)
),

-- no window on prescriptions is wider than 12 months
reach as (
    select
        min(period_index) - 11 as first_index,
        max(period_index) as last_index
    from stg_periods
),

prescribed as (
    select distinct
        prescriptions.patient_id,
        medications.medication,
        cast(
            year(prescriptions.prescribed_on) * 12 + month(prescriptions.prescribed_on) as integer
        ) as month_index
    from prescriptions
    inner join medications
        on substr(prescriptions.atc, 1, length(medications.atc)) = medications.atc
    cross join reach
    where
        year(prescriptions.prescribed_on) * 12 + month(prescriptions.prescribed_on) >= reach.first_index
        and year(prescriptions.prescribed_on) * 12 + month(prescriptions.prescribed_on) <= reach.last_index
),

final as (
    select
        patient_id,
        medication,
        month_index as first_index,
        coalesce(
            lead(month_index) over (
                partition by patient_id, medication
                order by month_index
            ),
            999999
        ) as next_index
    from prescribed
)

select * from final
